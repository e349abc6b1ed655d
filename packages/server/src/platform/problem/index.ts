export { CommittedProblem, type ProblemDetails, ProblemError, problem } from './problem-error.ts';
