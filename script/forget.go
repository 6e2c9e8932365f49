package script

// Forget removes what scripts have left on the global object, so that units of work that share a realm, because
// building one takes longer than many a script, do not see what those before them left. What scripts did to objects
// that were there before stays done. It must not be called while a script runs.
func (s *Sandbox) Forget() {
	if s.realm == nil || s.hung != nil && s.hung.Load() {
		return
	}
	global := s.vm.GlobalObject()
	for _, name := range global.GetOwnPropertyNames() {
		if !s.own[name] {
			_ = global.Delete(name) // one that cannot be removed was made so on purpose
		}
	}
}

// remember notes what is on the global object before any script.
func (s *Sandbox) remember() {
	s.own = map[string]bool{}
	for _, name := range s.vm.GlobalObject().GetOwnPropertyNames() {
		s.own[name] = true
	}
}

// Usable tells whether scripts can run: none of those before was given up.
func (s *Sandbox) Usable() bool { return s.hung == nil || !s.hung.Load() }
