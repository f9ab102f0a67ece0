import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './styles.css';
import { App } from './app';
import { live } from './live';

live.start();
const root = document.getElementById('app')!;
root.textContent = '';
render(<App />, root);
