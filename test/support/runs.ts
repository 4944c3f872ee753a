/** Whether this is the long run, `npm run sweep`. */
export const sweeping = process.env.WELKIN_SWEEP === "1"

/** How often a property runs, or how far a sweep reaches: the small count in `npm test`, the full one in `npm run sweep`. */
export const runs = (counts: { readonly test: number; readonly sweep: number }): number => (sweeping ? counts.sweep : counts.test)

const parseSeed = (text: string | undefined): number | undefined => {
  if (text === undefined || text === "") return undefined
  const value = Number(text)
  if (!Number.isInteger(value)) throw new Error("WELKIN_SEED is not an integer")
  return value
}

/**
 * The seed to repeat a failed run with, `WELKIN_SEED=123 npm test`; every property uses it (see `setup.ts`). Without it each
 * property draws its own and names it when it fails.
 */
export const seed = parseSeed(process.env.WELKIN_SEED)
