export { chosenFor, pastedFiles } from './model/model.ts';
export { AttachButton } from './parts/attach-button.tsx';
export { ConversationFiles, MessageFiles, PendingFiles, StagedFiles } from './parts/late-parts.ts';
export { Picture, type ShownPicture } from './parts/picture.tsx';
export { PictureButton } from './parts/picture-button.tsx';
export { TaskFiles } from './parts/task-files.tsx';
export { useFileDrop } from './parts/use-file-drop.ts';
export { filesProblem } from './problem.ts';
export { uploadPictures } from './upload-pictures.ts';
