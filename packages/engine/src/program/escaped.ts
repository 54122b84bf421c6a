/** The argument that a native function is called with where it was handed to something outside the program. */
export const escapedPath = '?escaped';
