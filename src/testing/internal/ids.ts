/*
 * Ids that can be read back. A record id is a UUID of version 7: its time is the creation time, so ids sort by creation, and its last
 * 48 bits are the record's index, shuffled. A record is found by its id without a list of all ids.
 */
import { hex, mix } from "./random.js"

export interface Ids {
  /** The id of a record that was created at this epoch millisecond. */
  readonly encode: (index: number, createdAt: number) => string
  /** The index within an id of this kind; undefined for any other text. */
  readonly decode: (id: string) => number | undefined
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7([0-9a-f]{3})-([89ab][0-9a-f]{3})-([0-9a-f]{6})([0-9a-f]{6})$/

const half = 0x1_000000

/** A Feistel network over two halves of 24 bits: a permutation of 48 bits that runs backwards as well. */
const rounds = [0, 1, 2, 3]
const roundsBack = [3, 2, 1, 0]

export const make = (key: number): Ids => {
  const turn = (round: number, word: number) => mix(mix(key, round), word) & (half - 1)

  const marks = (high: number, low: number): readonly [string, string] => {
    const mark = mix(mix(key, high), low)
    return [hex(mark & 0xfff, 3), hex(0x8000 | ((mark >>> 12) & 0x3fff), 4)]
  }

  return {
    encode: (index, createdAt) => {
      let [left, right] = [Math.floor(index / half), index % half]
      for (const round of rounds) [left, right] = [right, left ^ turn(round, right)]
      const [first, second] = marks(left, right)
      const time = hex(createdAt, 12)
      return `${time.slice(0, 8)}-${time.slice(8)}-7${first}-${second}-${hex(left, 6)}${hex(right, 6)}`
    },
    decode: (id) => {
      const parts = shape.exec(id)
      if (parts === null) return undefined
      let [left, right] = [Number.parseInt(parts[3]!, 16), Number.parseInt(parts[4]!, 16)]
      const [first, second] = marks(left, right)
      if (parts[1] !== first || parts[2] !== second) return undefined
      for (const round of roundsBack) [left, right] = [right ^ turn(round, left), left]
      return left * half + right
    }
  }
}

/** A UUID that stands for a name and carries nothing to be read back. */
export const named = (key: number): string => {
  const [one, two, three, four] = [mix(key, 1), mix(key, 2), mix(key, 3), mix(key, 4)]
  const text = hex(one, 8) + hex(two, 8) + hex(three, 8) + hex(four, 8)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`
}
