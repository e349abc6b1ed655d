import { Component, type ReactNode } from 'react';
import { Broken } from './broken.tsx';

export interface ErrorBoundaryProps {
  /** What is shown. With another value the content is tried again; it is not mounted anew as with a `key`. */
  of: string;
  children: ReactNode;
}

/** Limits an error to one pane. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate({ of }: ErrorBoundaryProps) {
    if (of !== this.props.of && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Broken error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
