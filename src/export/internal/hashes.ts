import { hashOf } from "../../internal/hash.js"

export { hashOf }

/** A growing bag of texts, eight to sixteen bytes each. */
export interface Hashes {
  readonly add: (text: string) => void
  /** Adds what was packed. */
  readonly addAll: (packed: string) => void
  /** Which may be in it more than once. */
  readonly repeated: () => ReadonlySet<number>
  /** Tells of a text whether it is there now. */
  readonly holds: () => (text: string) => boolean
}

/** Texts as their hashes, in letters. */
export const pack = (texts: ReadonlyArray<string>): string =>
  Buffer.from(Float64Array.from(texts, (text) => hashOf(text)).buffer).toString("base64")

const unpack = (packed: string): Float64Array => new Float64Array(new Uint8Array(Buffer.from(packed, "base64")).buffer)

/** How many texts were packed. */
export const countOf = (packed: string): number => Buffer.byteLength(packed, "base64") / Float64Array.BYTES_PER_ELEMENT

const isIn = (sorted: Float64Array, hash: number): boolean => {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < hash) from = middle + 1
    else to = middle
  }
  return sorted[from] === hash
}

export const make = (): Hashes => {
  let hashes = new Float64Array(1024)
  let size = 0
  const put = (hash: number) => {
    if (size === hashes.length) {
      const larger = new Float64Array(size * 2)
      larger.set(hashes)
      hashes = larger
    }
    hashes[size++] = hash
  }
  return {
    add: (text) => put(hashOf(text)),
    addAll: (packed) => unpack(packed).forEach(put),
    holds: () => {
      const sorted = hashes.slice(0, size).sort()
      return (text) => isIn(sorted, hashOf(text))
    },
    repeated: () => {
      const sorted = hashes.subarray(0, size).sort()
      const found = new Set<number>()
      for (let at = 1; at < size; at++) if (sorted[at] === sorted[at - 1]) found.add(sorted[at]!)
      return found
    }
  }
}
