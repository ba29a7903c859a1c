/** 111122223333 reads as 1111-2222-3333. */
export function accountIdText(id: string): string {
  return id.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1-$2-$3");
}
