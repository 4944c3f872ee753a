/** Whether an answer is of the type that the facts give it, place by place. */
import type { Type } from "./conformanceTypes.js"
import type { Json } from "./json.js"

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-9a-f][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
const datetime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/

const is: Readonly<Record<string, (value: Json) => boolean>> = {
  uuid: (value) => typeof value === "string" && uuid.test(value),
  datetime: (value) => typeof value === "string" && datetime.test(value),
  date: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value),
  time: (value) => typeof value === "string" && /^\d\d:\d\d:\d\d$/.test(value),
  int: Number.isInteger,
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  json: () => true
}

const isText = (value: Json): boolean => typeof value === "string"

const isAnything = (type: Type): boolean => type.is === "scalar" && type.name === "json"

/** The places of a value that are not of its type, each with what is wrong there. Never a value. `nulls`: fields that may be null after all. */
export const strayingFrom = (value: Json, type: Type, nulls: ReadonlySet<string>, at = "answer"): ReadonlyArray<string> => {
  switch (type.is) {
    case "scalar":
      return (is[type.name] ?? isText)(value) ? [] : [`${at} is no ${type.name}`]
    case "enum":
      return isText(value) && (type.open || type.values.includes(String(value))) ? [] : [`${at} is none of ${type.values}`]
    case "joined":
      return isText(value) ? [] : [`${at} is no text`]
    case "list":
      return Array.isArray(value) ? value.flatMap((item: Json) => strayingFrom(item, type.item, nulls, `${at}[]`)) : [`${at} is no list`]
    case "map":
      return isObject(value)
        ? Object.values(value).flatMap((one) => strayingFrom(one, type.value, nulls, `${at}.*`))
        : [`${at} is no object`]
    case "model": {
      if (!isObject(value)) return [`${at} is no ${type.name}`]
      const fields = type.fields()
      const strangers = type.open ? [] : Object.keys(value).filter((key) => fields.every(({ name }) => name !== key))
      return [
        ...strangers.map((key) => `${at} is closed to ${key}`),
        ...fields.flatMap(({ name, nullable, optional, type: of }) => {
          const place = `${at}.${name}`
          const one = value[name]
          if (one === undefined) return optional ? [] : [`${place} is missing`]
          if (one !== null) return strayingFrom(one, of, nulls, place)
          return nullable || isAnything(of) || nulls.has(`${type.name}.${name}`) ? [] : [`${place} is null`]
        })
      ]
    }
  }
}
