import { hashOf } from "./hash.js"

/** Texts, each with the number of the round it was last met in: 13 bytes a place, of which half to three quarters are taken. */
export interface Seen {
  /** Notes that a text is met in a round, from 1 to 255, and tells the round it was met in before: 0 for none. */
  readonly meet: (text: string, round: number) => number
  readonly has: (text: string) => boolean
}

/*
 * A text is told from others by 85 bits of hash: among a million of them, two are taken for one with a chance of one in 10^13.
 * Rows lie in typed arrays, found by open addressing, so that a million ids take a third of what a Set of strings does.
 */
export const make = (): Seen => {
  let places = 64
  let taken = 0
  let hashes = new Float64Array(places)
  let checks = new Uint32Array(places)
  let rounds = new Uint8Array(places)
  /** Where a text lies, or would. */
  const find = (hash: number, check: number): number => {
    let at = (hash >>> 0) % places
    while (rounds[at] !== 0 && (hashes[at] !== hash || checks[at] !== check)) at = at + 1 === places ? 0 : at + 1
    return at
  }
  const put = (hash: number, check: number, round: number): void => {
    const at = find(hash, check)
    hashes[at] = hash
    checks[at] = check
    rounds[at] = round
  }
  const grow = () => {
    const [oldHashes, oldChecks, oldRounds] = [hashes, checks, rounds]
    places = Math.ceil(places * 1.5)
    hashes = new Float64Array(places)
    checks = new Uint32Array(places)
    rounds = new Uint8Array(places)
    for (let at = 0; at < oldRounds.length; at++) if (oldRounds[at] !== 0) put(oldHashes[at]!, oldChecks[at]!, oldRounds[at]!)
  }
  const checkOf = (text: string): number => hashOf(text, 0x9e3779b9) >>> 0
  return {
    has: (text) => rounds[find(hashOf(text), checkOf(text))] !== 0,
    meet: (text, round) => {
      const hash = hashOf(text)
      const check = checkOf(text)
      const at = find(hash, check)
      const before = rounds[at]!
      if (before !== 0) rounds[at] = round
      else {
        if (++taken > places * 0.75) grow()
        put(hash, check, round)
      }
      return before
    }
  }
}
