import { lazy, Suspense } from 'react';
import { CodeStep, type StepProps } from './CodeStep.js';

/** It draws a QR code; few people come here. */
const SetUpStep = lazy(() => import('./SetUpStep.js').then((module) => ({ default: module.SetUpStep })));

/** What is asked for after a right password: a code, or to set a second step up first. */
export function SecondStep(props: StepProps) {
  if (props.challenge.kind === 'code') return <CodeStep {...props} />;
  return (
    <Suspense fallback={null}>
      <SetUpStep {...props} />
    </Suspense>
  );
}
