export { counter, gauge, type Metric } from './metric.ts';
export { type AnsweredRequest, createMetrics, type EndedOperation, type Metrics } from './metrics.ts';
