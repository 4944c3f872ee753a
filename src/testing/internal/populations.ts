/*
 * Generators of populations.
 */
import * as FastCheck from "effect/FastCheck"
import type { Population } from "../Arbitraries.js"
import type { DataTypes, Field } from "./population.js"

const { constantFrom, dictionary, integer, nat, oneof, record } = FastCheck

const plain = record({
  type: constantFrom(
    ...(["text", "textarea", "integer", "float", "checkbox", "date", "datetime", "email", "phone", "uuid", "object"] as const)
  )
})

const select = record(
  {
    type: FastCheck.constant("select" as const),
    values: FastCheck.uniqueArray(constantFrom("one", "two", "drei", "四"), { minLength: 1 }).map(
      ([first, ...others]) => [first!, ...others] as const
    ),
    multiple: FastCheck.boolean()
  },
  { requiredKeys: ["type", "values"] }
)

const field = oneof<[FastCheck.Arbitrary<Field>, FastCheck.Arbitrary<Field>]>(plain, select)

const dataTypes: FastCheck.Arbitrary<DataTypes> = dictionary(
  constantFrom("cdt-one", "cdt-two", "cdt-wellbeing", "cdt-sleep"),
  dictionary(constantFrom("cdtf-a", "cdtf-b", "cdtf-größe", "cdtf-mood"), field, { maxKeys: 3 }),
  { maxKeys: 3 }
)

const name = constantFrom("acme", "north.west", "T-1_~x")

/** Populations of so many patients at most. */
export const of = (patients: number): FastCheck.Arbitrary<Population> =>
  record(
    {
      seed: FastCheck.maxSafeNat(),
      patients: nat(patients),
      cdts: dataTypes as FastCheck.Arbitrary<NonNullable<Population["cdts"]>>,
      sharedInstants: integer({ min: 1, max: 5 }),
      tenant: name,
      instance: name
    },
    { requiredKeys: ["seed", "patients"] }
  )
