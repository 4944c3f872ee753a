const tab = 9
const lineFeed = 10
const carriageReturn = 13
const space = 32
const quote = 34
const comma = 44
const openBracket = 91
const backslash = 92
const closeBracket = 93
const openBrace = 123
const closeBrace = 125

/** Behind the white space that begins at an index, if any does. */
const afterSpace = (text: string, start: number): number => {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at)
    if (code !== space && code !== lineFeed && code !== carriageReturn && code !== tab) return at
  }
}

/** Behind the string whose opening quote stands at an index. */
const afterString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at
    while (text.charCodeAt(escapes - 1) === backslash) escapes--
    if ((at - escapes) % 2 === 0) return at + 1
  }
  return text.length
}

/** Behind the array or object whose opening bracket stands at an index. */
const afterBrackets = (text: string, start: number): number => {
  for (let at = start, depth = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = afterString(text, at) - 1
        break
      case openBracket:
      case openBrace:
        depth++
        break
      case closeBracket:
      case closeBrace:
        if (--depth === 0) return at + 1
    }
  }
  return text.length
}

/** Behind the value that begins at an index. */
const afterValue = (text: string, start: number): number => {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return afterString(text, at)
    if (code === openBracket || code === openBrace) return afterBrackets(text, at)
    // behind the last character the code is NaN
    if (!(code > space) || code === comma || code === closeBracket || code === closeBrace) return at
  }
}

/** A JSON text without its line breaks: all stand between tokens, for a string holds none that is not escaped. */
const toLine = (text: string): string => (text.includes("\n") || text.includes("\r") ? text.replace(/[\n\r]+/g, "") : text)

/**
 * The source text of each element of the array that stands at a path of keys, each fit to be a line of NDJSON: line breaks between
 * tokens are taken out, all else is as it was sent, long integers and repeated keys included. Undefined where no array stands.
 *
 * The text must be one that `JSON.parse` takes; as there, the last of several equal keys counts.
 */
export const slices = (text: string, path: ReadonlyArray<string>): ReadonlyArray<string> | undefined => {
  let at = 0
  const peek = (): number => {
    at = afterSpace(text, at)
    return text.charCodeAt(at)
  }
  /** Steps through the array or object that begins here; false if it does not end. */
  const forEach = (close: number, step: () => void): boolean => {
    at++
    if (peek() === close) {
      at++
      return true
    }
    for (;;) {
      peek()
      step()
      const code = peek()
      at++
      if (code !== comma) return code === close
    }
  }
  const find = (depth: number): ReadonlyArray<string> | undefined => {
    const code = peek()
    if (depth === path.length && code === openBracket) {
      const elements: Array<string> = []
      const isWhole = forEach(closeBracket, () => {
        const start = at
        at = afterValue(text, at)
        elements.push(toLine(text.slice(start, at)))
      })
      return isWhole ? elements : undefined
    }
    if (depth < path.length && code === openBrace) {
      let found: ReadonlyArray<string> | undefined
      const isWhole = forEach(closeBrace, () => {
        const start = at
        at = afterString(text, at)
        const isNext = at < text.length && JSON.parse(text.slice(start, at)) === path[depth]
        peek() // the colon
        at++
        if (isNext) found = find(depth + 1)
        else at = afterValue(text, afterSpace(text, at))
      })
      return isWhole ? found : undefined
    }
    at = afterValue(text, at)
    return undefined
  }
  return find(0)
}

/** The text of a key: most are written plainly. */
const keyOf = (text: string): string => (text.includes("\\") ? JSON.parse(text) : text.slice(1, -1))

/**
 * The members of the object that a text is: by key, the source text of its value. Undefined where the text is no object.
 *
 * The text must be one that `JSON.parse` takes; as there, the last of several equal keys counts.
 */
export const members = (text: string): ReadonlyMap<string, string> | undefined => {
  let at = afterSpace(text, 0)
  if (text.charCodeAt(at) !== openBrace) return undefined
  const found = new Map<string, string>()
  at = afterSpace(text, at + 1)
  while (text.charCodeAt(at) === quote) {
    const colon = afterString(text, at)
    const key = keyOf(text.slice(at, colon))
    const start = afterSpace(text, afterSpace(text, colon) + 1)
    at = afterValue(text, start)
    found.set(key, text.slice(start, at))
    at = afterSpace(text, at)
    if (text.charCodeAt(at) !== comma) break
    at = afterSpace(text, at + 1)
  }
  return text.charCodeAt(at) === closeBrace ? found : undefined
}
