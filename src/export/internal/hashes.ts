/** 53 bits of a text: two that are equal may still differ, two that differ never are equal. */
export const hashOf = (text: string): number => {
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    other = Math.imul(other ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return 4294967296 * (2097151 & other) + (one >>> 0)
}

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
