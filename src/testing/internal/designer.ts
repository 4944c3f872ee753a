/*
 * What the instance was set up with in the Designer: the definitions that records refer to by name.
 */

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
