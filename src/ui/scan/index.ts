/** The viewer as one part of the app: fetched when somebody first looks at a picture. */
export { createViewer } from '../../state/scan-viewer.ts'
export { ScanStage } from './stage.tsx'
export { ViewerView } from './viewer.tsx'
