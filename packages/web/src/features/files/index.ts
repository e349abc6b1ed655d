export { chosenFor, pastedFiles } from './model/model.ts';
export { AttachButton } from './parts/attach-button.tsx';
export { MessageFiles } from './parts/message-files.tsx';
export { PendingFiles } from './parts/pending-files.tsx';
export { StagedFiles } from './parts/staged-files.tsx';
export { TaskFiles } from './parts/task-files.tsx';
export { useFileDrop } from './parts/use-file-drop.ts';
export { filesProblem } from './problem.ts';
