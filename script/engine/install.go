package engine

// install shapes the global object as Postman's sandbox has it.
func (r *Realm) install() {
	_ = r.VM.GlobalObject().Delete("globalThis")
	r.installJSON()
	r.installBounds()
	r.bounds.pattern = r.watchPattern
	r.installConstructors()
	r.installRegexps()
	r.installKernels()
	r.installRejections()
}
