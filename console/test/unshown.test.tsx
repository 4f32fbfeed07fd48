import { render, screen } from '@testing-library/react';
import { lazy, Suspense } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Unshown } from '../src/app/Unshown';
import { speak } from '../src/i18n';

// React tells the console of every error that a boundary catches.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));

describe('A page whose file is not to be had', () => {
  const Gone = lazy<() => null>(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));

  function frame(page: string) {
    return (
      <Unshown page={page}>
        <Suspense>{page === '/gone' ? <Gone /> : <p>Servers</p>}</Suspense>
      </Unshown>
    );
  }

  it('says so with what to do, and does not stand in the way of the next page', async () => {
    await speak('en');
    const { rerender } = render(frame('/gone'));
    await screen.findByText('This page could not be shown');
    expect(screen.getByText('Load again').closest('button')).toBeTruthy();

    rerender(frame('/servers'));
    expect(screen.getByText('Servers')).toBeTruthy();
    expect(screen.queryByText('This page could not be shown')).toBeNull();
  });

  it('says it in Japanese', async () => {
    await speak('ja');
    render(frame('/gone'));
    await screen.findByText('画面を表示できませんでした');
    expect(screen.getByText('再読み込み').closest('button')).toBeTruthy();
  });
});
