/** Tells a password manager whose password the form around it is about. It is not sent. */
export function UsernameOf({ email }: { readonly email: string }) {
  return <input type="email" defaultValue={email} autoComplete="username" readOnly hidden />;
}
