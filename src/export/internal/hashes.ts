import { hashOf } from "../../internal/hash.js"

export { hashOf }

/** A growing bag of texts, eight to sixteen bytes each, that tells which may be in it more than once. */
export interface Hashes {
  readonly add: (text: string) => void
  readonly repeated: () => ReadonlySet<number>
}

export const make = (): Hashes => {
  let hashes = new Float64Array(1024)
  let size = 0
  return {
    add: (text) => {
      if (size === hashes.length) {
        const larger = new Float64Array(size * 2)
        larger.set(hashes)
        hashes = larger
      }
      hashes[size++] = hashOf(text)
    },
    repeated: () => {
      const sorted = hashes.subarray(0, size).sort()
      const found = new Set<number>()
      for (let at = 1; at < size; at++) if (sorted[at] === sorted[at - 1]) found.add(sorted[at]!)
      return found
    }
  }
}
