/** Single-character edits between two words. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}

/** The word that was probably meant, if one is close enough. */
export const nearest = (word: string, words: ReadonlyArray<string>): string | undefined => {
  const [best] = words.map((one) => ({ one, edits: distance(word, one) })).sort((a, b) => a.edits - b.edits)
  return best !== undefined && best.edits <= Math.max(2, Math.floor(best.one.length / 3)) ? best.one : undefined
}
