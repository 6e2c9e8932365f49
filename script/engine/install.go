package engine

// install shapes the global object as Postman's sandbox has it. The order matters: what is
// guarded later must not be held by what came before.
func (r *Realm) install() {
	_ = r.VM.GlobalObject().Delete("globalThis") // newman's sandbox (uvm) has none
	r.installJSON()
	r.installBounds()
	r.bounds.pattern = r.watchPattern
	r.installConstructors()
	r.installRegexps()
	r.installKernels()
	r.installRejections()
}
