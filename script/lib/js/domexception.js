// DOMException: an Error whose name, message and code are getters of its prototype.
const codes = {
  INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4, INVALID_CHARACTER_ERR: 5,
  NO_DATA_ALLOWED_ERR: 6, NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8, NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10,
  INVALID_STATE_ERR: 11, SYNTAX_ERR: 12, INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14, INVALID_ACCESS_ERR: 15,
  VALIDATION_ERR: 16, TYPE_MISMATCH_ERR: 17, SECURITY_ERR: 18, NETWORK_ERR: 19, ABORT_ERR: 20, URL_MISMATCH_ERR: 21,
  QUOTA_EXCEEDED_ERR: 22, TIMEOUT_ERR: 23, INVALID_NODE_TYPE_ERR: 24, DATA_CLONE_ERR: 25,
};
// The names of errors that have a code, which their constants spell in another way.
const named = {
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
  NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12,
  InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18,
  NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24,
  DataCloneError: 25,
};

const held = new WeakMap();
function state(self) {
  const s = held.get(self);
  if (!s) {
    const err = new TypeError('Value of "this" must be of DOMException');
    err.code = 'ERR_INVALID_THIS';
    throw err;
  }
  return s;
}

class DOMException {
  constructor(message = '', options = 'Error') {
    const self = Reflect.construct(Error, [String(message)], new.target);
    delete self.message; // the prototype has it
    let name = options;
    if (options !== null && typeof options === 'object') {
      name = options.name;
      if ('cause' in options) Object.defineProperty(self, 'cause', { value: options.cause, writable: true, configurable: true });
    }
    held.set(self, { name: String(name), message: String(message) });
    return self;
  }
  get name() { return state(this).name; }
  get message() { return state(this).message; }
  get code() { const { name } = state(this); return Object.hasOwn(named, name) ? named[name] : 0; }
}
Object.setPrototypeOf(DOMException.prototype, Error.prototype);
for (const key of ['name', 'message', 'code']) Object.defineProperty(DOMException.prototype, key, { enumerable: true });
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
for (const key of Object.keys(codes)) {
  const constant = { value: codes[key], enumerable: true };
  Object.defineProperty(DOMException, key, constant);
  Object.defineProperty(DOMException.prototype, key, constant);
}
exports.DOMException = DOMException;
