/** Said wherever somebody chooses the password of a new session. */
export const newPasswordHint = "At least 12 characters. A few words in a row are good.";
