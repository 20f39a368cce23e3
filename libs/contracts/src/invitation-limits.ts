/** Known to the console too, which does not load the schemas. */
export const invitationLimits = {
  /** addresses that are invited in one go */
  atOnce: 50,
  days: 7,
  /** of a link that sets a new password */
  passwordLinkMinutes: 60,
} as const;
