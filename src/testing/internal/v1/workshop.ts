/*
 * What the instance was set up with in Workshop: the assessments that answers belong to.
 */
import type { JsonObject } from "../json.js"
import type { DataTypes, Field } from "../population.js"

export interface Assessment {
  readonly name: string
  /** The newest version. */
  readonly version: string
  readonly fields: DataTypes[string]
}

export const assessments: ReadonlyArray<Assessment> = [
  {
    name: "sleep_checkin",
    version: "5d1f0c3a-7b2e-4c68-9a41-3e8f6b0d2c75",
    fields: { hours_slept: { type: "float" }, woke_rested: { type: "checkbox" }, next_visit: { type: "date" } }
  },
  {
    name: "mood_long_form",
    version: "8e2a6d94-1c07-4f3b-b5d8-70a9c4e1f236",
    fields: {
      mood: { type: "select", values: ["good", "fair", "poor"] },
      remark: { type: "textarea" },
      completed_at: { type: "datetime" },
      steps: { type: "integer" }
    }
  }
]

/** The schema of an assessment, as an answer carries it on demand. */
export const specOf = ({ fields, name, version }: Assessment): JsonObject => ({
  name,
  version,
  fields: Object.entries(fields).map(([field, { type, values }]) => ({ name: field, type, ...(values === undefined ? {} : { values }) }))
})

const fits = (value: unknown, { type, values = [] }: Field): boolean => {
  switch (type) {
    case "checkbox":
      return typeof value === "boolean"
    case "float":
      return typeof value === "number"
    case "integer":
      return Number.isInteger(value)
    case "select":
      return values.includes(value as string)
    default:
      return typeof value === "string"
  }
}

/** The first answer that does not fit the assessment. */
export const misfit = ({ fields }: Assessment, model: JsonObject): string | undefined =>
  Object.entries(model).find(([name, value]) => !Object.hasOwn(fields, name) || (value !== null && !fits(value, fields[name]!)))?.[0]
