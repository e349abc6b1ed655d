export { counter, gauge, type Metric, type Sample } from './metric.ts';
export { type AnsweredRequest, createMetrics, type EndedOperation, type Metrics } from './metrics.ts';
