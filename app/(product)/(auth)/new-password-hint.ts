/** Said wherever someone chooses the password of a new session. */
export const newPasswordHint = "At least 12 characters. Four or more unrelated words work well.";
