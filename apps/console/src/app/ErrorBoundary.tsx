import { Component, type ReactNode } from 'react';
import { Splash } from './shell/Splash.js';

/** A defect in one screen shows a way out instead of an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <Splash broken error={this.state.error} retry={() => window.location.reload()} />;
  }
}
