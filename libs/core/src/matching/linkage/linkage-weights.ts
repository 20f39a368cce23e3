/**
 * The model, as a table (Fellegi and Sunter 1969). A weight is log2(m / u) in bits: m, how often the comparison comes out
 * so for two profiles of one person; u, how often for two people among those that share a linkage key. Weights add up;
 * `prior` is what a pair starts from. m was estimated on the tune half of `test/eval/names`, u from the sizes of name and
 * number spaces; what follows is rounded, because a half bit never decides.
 *
 * Names bring their own weights by frequency (`compareNames`: −8 to 17).
 */
export const linkageWeights = {
  /** one pair in sixteen thousand that share any key is one person before anything is compared */
  prior: -14,

  number: {
    /** proven on both: one line on two channels. u: a line passed on */
    verifiedVerified: 20,
    /** one proves what the other tells. m 0.95; u one in 300 000, a family's or a shop's phone */
    verifiedClaimed: 18,
    /** both only tell it. u: one telling the other's */
    claimedClaimed: 15,
    /** taken off for a landline, which an office or a household shares */
    landline: -6,
  },
  mail: {
    verifiedVerified: 20,
    verifiedClaimed: 18,
    claimedClaimed: 15,
    /** taken off when only the match key agrees: a tag or dots */
    spelling: -1,
    /** each digit of equal local parts at two providers (`ratna.dewi87`) */
    localPartDigit: 2.5,
    /** each letter of equal local parts that are made of no name */
    localPartLetter: 1.1,
    localPartMost: 16,
  },
  /** ids that a channel gives to one account: WhatsApp hidden id, business-scoped id */
  account: 20,

  /** colleagues: m 0.6, u 0.1 among those that share a key */
  organization: 2.5,
  language: { same: 0.3, other: -0.7 },
  place: { quarter: 2, city: 0.7, most: 3 },

  /**
   * The same order or invoice. u: a colleague, a husband, the receiver of the parcel, who go by other names; so this joins
   * nobody by itself and lifts a frequent name that agrees.
   */
  reference: { first: 10, more: 2 },

  conflict: {
    /** each proves a WhatsApp number or account of his own: some have two */
    whatsapp: -9,
    /** each proves a telephone line of his own */
    phone: -5,
    /** each proves a personal mailbox at one company: people have one */
    mailAtWork: -8,
    /** the same at a public provider: people have two */
    mailAtProvider: -6,
  },
  /** names of two people weigh no more than this against a number or mailbox that agrees: people call themselves anything */
  nameAgainstAddress: -3.5,
  /** of the lesser of name and equal local parts: they say much the same */
  nameEcho: 0.25,
  /** customers that the name weights are made for; in larger workspaces there are more namesakes, a bit for each doubling */
  nameCrowd: 20_000,
} as const;

/** From which score a pair is worth an agent's look. Chosen on the tune half of `test/eval/names`. */
export const linkageThresholds = { suggest: 0.5 } as const;

/** An address that so many customers hold tells nothing of any of them: a desk, a shop's phone, a form filled with x. */
export const sharedByMany = 6;

/** What `bits` of evidence make of a pair: 0..1. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -(linkageWeights.prior + bits));
}
