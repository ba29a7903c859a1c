/** Lets a password manager know whose password the form is about. It is not sent. */
export function UsernameOf({ email }: { readonly email: string }) {
  return <input type="email" defaultValue={email} autoComplete="username" readOnly hidden />;
}
