/*
 * Seeded randomness by key. A generated value depends on the seed and on its own key, never on what was asked for before, so a
 * record can be made when somebody reads it and is the same one every time.
 */

/** Folds one word into a hash of 32 bits. */
export const mix = (hash: number, word: number): number => {
  let h = Math.imul(hash ^ word, 0x9e3779b1) + 0x6d2b79f5
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae3d)
  return (h ^ (h >>> 16)) >>> 0
}

/** The hash of a text. */
export const hashText = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mix(hash, text.length)
}

/** The hash of bytes, as 16 hexadecimal digits: enough to tell two requests apart, too little to tell what they hold. */
export const fingerprint = (bytes: Uint8Array): string => {
  let [one, two] = [0x811c9dc5, 0x01000193]
  for (const byte of bytes) {
    one = Math.imul(one ^ byte, 0x01000193)
    two = Math.imul(two ^ byte, 0x85ebca77)
  }
  return hex(mix(one, bytes.length), 8) + hex(mix(two, bytes.length), 8)
}

/** The key of a purpose under a seed. Seeds go to 2^53 - 1, hence two words. */
export const key = (seed: number, purpose: string): number =>
  mix(mix(hashText(purpose), seed >>> 0), Math.floor(seed / 0x1_0000_0000) >>> 0)

/** A number in lower-case hexadecimal, padded. */
export const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0")

/** The draws of one record. */
export class Draws {
  private state: number

  constructor(key: number, index: number) {
    this.state = mix(mix(key, index >>> 0), Math.floor(index / 0x1_0000_0000))
  }

  /** A whole number of 32 bits. */
  word(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0
    return mix(this.state, 0x51ed270b)
  }

  /** A whole number from 0 to `below - 1`. */
  below(below: number): number {
    return Math.floor((this.word() / 0x1_0000_0000) * below)
  }

  /** True in `percent` of 100 draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<A>(choices: ReadonlyArray<A>): A {
    return choices[this.below(choices.length)]!
  }

  /** A choice in `percent` of 100 draws, else null. */
  maybe<A>(percent: number, make: () => A): A | null {
    return this.chance(percent) ? make() : null
  }
}
