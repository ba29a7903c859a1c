import { Message, MessagePage } from "./message-page";
import { RetryPage } from "./retry-page";

const message = {
  title: "We cannot reach our database",
  actions: <RetryPage />,
  children: (
    <>
      <p>Nothing you saved is lost. Scans continue as soon as the database is back.</p>
      <p role="status">We try again every few seconds, and your page comes back by itself.</p>
      <noscript>
        <meta httpEquiv="refresh" content="10" />
      </noscript>
    </>
  ),
};

/** In place of a page whose data cannot be had because our database is away. */
export function Unavailable() {
  return <Message {...message} />;
}

/** The same where no layout frames it. */
export function UnavailablePage() {
  return <MessagePage {...message} />;
}
