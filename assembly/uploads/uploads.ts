/** A file that came with a form. */
export class UploadedFile {
  constructor(
    /** Name of the form's field. */
    readonly field: string,
    /** Name of the file: the client's, without what could harm, and different from those of the form's other files. */
    readonly name: string,
    /** Where it lies now. */
    readonly path: string,
    /** In bytes. */
    readonly size: i32,
    /** Content-Type as the client says; empty where it does not. */
    readonly type: string,
  ) {}
}

/** A field that came with a form and is no file. */
export class UploadedField {
  constructor(
    readonly name: string,
    readonly value: string,
  ) {}
}

/** What a form brought. Where `error` says something, nothing was stored. */
export class Uploads {
  files: UploadedFile[] = [];
  /** In the order they came. */
  fields: UploadedField[] = [];
  /** Why the form was not taken; empty where it was. */
  error: string = "";
  /** What to answer then: 400, 408, 413, 415, 500 or 507; else 200. */
  status: i32 = 200;

  /** The last value of a field, null where it is absent. */
  field(name: string): string | null {
    for (let i = this.fields.length - 1; i >= 0; i--) {
      const field = unchecked(this.fields[i]);
      if (field.name == name) return field.value;
    }
    return null;
  }
}
