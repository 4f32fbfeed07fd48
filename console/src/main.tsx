// Start of the console: language first, then the page that the address asks for.
import '@cloudscape-design/global-styles/index.css';
import './main.css';
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { preferredMode } from './app/mode';
import { applyFonts } from './app/theme';
import { Unshown } from './app/Unshown';
import { preferredLanguage, speak } from './i18n';

async function start(root: HTMLElement): Promise<void> {
  applyMode(preferredMode() === 'dark' ? Mode.Dark : Mode.Light);
  applyFonts();
  const language = preferredLanguage();
  const messages = await speak(language);
  createRoot(root).render(
    <Unshown>
      <App language={language} messages={messages} />
    </Unshown>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
