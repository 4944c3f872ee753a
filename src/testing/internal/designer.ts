/*
 * What the instance was set up with in the Designer: the definitions that records refer to by name.
 */

import type { Field } from "./population.js"

/** The version of the formation that is published. */
export const formationVersion = 31

export interface Phase {
  readonly name: string
  readonly title: string
}

export interface Program {
  readonly name: string
  readonly title: string
  readonly phases: ReadonlyArray<Phase>
}

const phases: ReadonlyArray<Phase> = [
  { name: "phase-enrolled", title: "enrolled" },
  { name: "phase-active", title: "active" },
  { name: "phase-follow-up", title: "follow-up" }
]

export const programs: ReadonlyArray<Program> = [
  { name: "prog-blood-pressure", title: "blood pressure", phases },
  { name: "prog-sleep", title: "sleep", phases },
  { name: "prog-after-surgery", title: "after surgery", phases }
]

export interface Question {
  readonly label: string
  readonly values: ReadonlyArray<string>
}

export interface Assessment {
  readonly name: string
  readonly title: string
  /** By the key of their answers: the data type and the field that an answer goes to. */
  readonly questions: { readonly [key: string]: Question }
}

/** The data type and the field that an answer goes to. */
export const answerPlace = (key: string): readonly [cdtName: string, field: string] => {
  const [cdtName = "", field = ""] = key.split("__")
  return [cdtName, field]
}

export const assessments: ReadonlyArray<Assessment> = [
  {
    name: "asm-sleep-check",
    title: "Sleep check",
    questions: {
      "cdt-sleep__cdtf-waking": { label: "How often did you wake at night?", values: ["never", "once", "often"] },
      "cdt-sleep__cdtf-rested": { label: "Did you feel rested?", values: ["yes", "no"] }
    }
  },
  {
    name: "asm-mood",
    title: "Mood & energy – längere Fassung",
    questions: { "cdt-wellbeing__cdtf-mood": { label: "How do you feel today?", values: ["good", "fair", "poor"] } }
  }
]

export interface EncounterTemplate {
  readonly name: string
  readonly title: string
  readonly deliveryMethod: string
  /** Minutes. */
  readonly defaultDuration: number
  /** The assessments that a new encounter is linked to. */
  readonly assessmentNames: ReadonlyArray<string>
}

export const encounterTemplates: ReadonlyArray<EncounterTemplate> = [
  {
    name: "etmp-first-visit",
    title: "First visit",
    deliveryMethod: "VIDEO",
    defaultDuration: 30,
    assessmentNames: ["asm-sleep-check", "asm-mood"]
  },
  { name: "etmp-follow-up", title: "Follow-up", deliveryMethod: "CALL", defaultDuration: 15, assessmentNames: ["asm-mood"] },
  { name: "etmp-house-call", title: "House call", deliveryMethod: "IN-PERSON", defaultDuration: 60, assessmentNames: [] }
]

export interface GoalTemplate {
  readonly name: string
  readonly goalName: string
  readonly type: string
  readonly priority: "LOW" | "MEDIUM" | "HIGH"
}

export const goalTemplates: ReadonlyArray<GoalTemplate> = [
  { name: "gtmp-sleep-hours", goalName: "Sleep seven hours", type: "sleep", priority: "LOW" },
  { name: "gtmp-walking", goalName: "Walk every day", type: "exercise", priority: "MEDIUM" },
  { name: "gtmp-less-salt", goalName: "Eat less salt", type: "dietary", priority: "HIGH" }
]

/** The fields of an encounter's disposition that the instance asks for. */
export const dispositionFields: ReadonlyArray<string> = ["notes", "uicedf-outcome"]

export interface DocumentType {
  readonly name: string
  readonly title: string
  /** Only the types that come with every instance have one. */
  readonly label: string | null
  readonly fields: { readonly [field: string]: Field }
}

const notes: DocumentType["fields"] = { notes: { type: "textarea" } }

export const documentTypes: ReadonlyArray<DocumentType> = [
  { name: "doc-type-assessment", title: "Assessment", label: "Assessment", fields: notes },
  { name: "doc-type-docusign", title: "DocuSign", label: "DocuSign", fields: notes },
  { name: "doc-type-others", title: "Others", label: "Others", fields: notes },
  {
    name: "dt-referral",
    title: "Referral – Überweisung",
    label: null,
    fields: {
      "dtf-clinic": { type: "text" },
      "dtf-urgent": { type: "checkbox" },
      "dtf-received-on": { type: "date" },
      "dtf-reason": { type: "select", values: ["sleep", "surgery", "other"] }
    }
  }
]

export interface Dictionary {
  readonly name: string
  readonly title: string
  /** Whether its definition is fixed. */
  readonly builtIn: boolean
  /** Whether its entries are fixed as well. */
  readonly internal: boolean
  readonly fields: ReadonlyArray<string>
  /** Entries by their values, in the order of the fields. */
  readonly entries: ReadonlyArray<ReadonlyArray<string>>
}

const codes = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => [`${prefix}-${String(100 + at)}`])

export const dictionaries: ReadonlyArray<Dictionary> = [
  {
    name: "timezone",
    title: "Time zones",
    builtIn: true,
    internal: true,
    fields: ["timezone"],
    entries: [["America/Chicago"], ["America/Los_Angeles"], ["Asia/Tokyo"], ["Europe/Oslo"], ["UTC"]]
  },
  { name: "cpt", title: "CPT", builtIn: true, internal: false, fields: ["value"], entries: codes("X", 40) },
  { name: "icd-10", title: "ICD-10", builtIn: true, internal: false, fields: ["value"], entries: codes("Q", 60) },
  {
    name: "d-visit-reasons",
    title: "Visit reasons",
    builtIn: false,
    internal: false,
    fields: ["df-code", "df-name"],
    entries: [
      ["first", "First visit"],
      ["return", "Rückkehr – retour"],
      ["other", "Other 其他"]
    ]
  }
]
