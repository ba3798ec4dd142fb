/** What Chromium has beside the File System API that all browsers share; absent elsewhere. */
interface DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
interface FileSystemHandle {
  requestPermission?(descriptor: { readonly mode: 'read' }): Promise<PermissionState>;
}
interface Window {
  showOpenFilePicker?(options: { readonly multiple: true }): Promise<FileSystemFileHandle[]>;
}
