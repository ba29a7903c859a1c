export { clientAddress } from "@/lib/auth/client-address";
