import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class";
import { cx } from "./cx";
import { Link } from "./link";

interface ButtonOwnProps {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}

/** One primary button per view; all others are outline or quiet. */
export function Button({
  variant,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & ButtonOwnProps) {
  return <button type={type} className={cx(buttonClass(variant, size), className)} {...rest} />;
}

/** A link that looks like a button. `external` opens another site in a new tab. */
export function LinkButton({
  variant,
  size,
  href,
  external = false,
  download,
  className,
  children,
}: ButtonOwnProps & {
  readonly href: string;
  readonly external?: boolean;
  readonly download?: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const classes = cx(buttonClass(variant, size), className);
  if (download !== undefined) {
    return (
      <a href={href} download={download} className={classes}>
        {children}
      </a>
    );
  }
  if (external) {
    return (
      <a href={href} target="_blank" rel="noreferrer" className={classes}>
        {children}
      </a>
    );
  }
  return (
    <Link href={href} className={classes}>
      {children}
    </Link>
  );
}
