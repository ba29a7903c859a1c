import { LoadingList } from "@/components/shell/loading-pages";

export default function Loading() {
  return <LoadingList title="Findings" tabs />;
}
