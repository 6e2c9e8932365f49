const ordered = flags => ['d', 'g', 'i', 'm', 's', 'u', 'v', 'y'].filter(f => flags.includes(f)).join('')

const proto = {
  getFlags() { return this.flags },
  setFlags(flags) { return new RegExp(this.source, flags) },
  addFlag(flag) { return new RegExp(this.source, ordered(this.flags + flag)) },
  removeFlag(flag) { return new RegExp(this.source, this.flags.replace(flag, '')) },
}

const statics = {
  escape: text => String(text).replace(/([\\/'*+?|()[\]{}.^$])/g, '\\$1'),
}

return {proto, statics}
