// What every step of the way to a new server gets.
import type { Choices, Draft, Problems } from './draft';

export interface StepProps {
  draft: Draft;
  choices: Choices;
  problems: Problems;
  /** Problems are shown only after the visitor has tried to go on. */
  tried: boolean;
  change: (part: Partial<Draft>) => void;
}
