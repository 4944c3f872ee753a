/** Takes an envelope off a list. One that has a successor stays on and is refused: nobody knows how to ask for the rest. */
export const bare = (value: any): unknown => {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value
  const hasMore = value.last === false || value.metaInfo?.lastPage === false
  return hasMore ? value : (value.data ?? value.content ?? value)
}
