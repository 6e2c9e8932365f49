package script

// Swept makes a new sandbox one that Forget can sweep, and returns it. To know what is on the global object before any
// script costs some of what building the realm costs, so others do without.
func (s *Sandbox) Swept() *Sandbox {
	s.own = map[string]bool{}
	return s
}

// Forget removes what scripts have left on the global object of a sandbox that is Swept, so that units of work that
// share a realm, because building one takes longer than many a script, do not see what those before them left. What
// scripts did to objects that were there before stays done. It must not be called while a script runs.
func (s *Sandbox) Forget() {
	if s.realm == nil || s.own == nil || !s.Usable() {
		return
	}
	global := s.vm.GlobalObject()
	for _, name := range global.GetOwnPropertyNames() {
		if !s.own[name] {
			_ = global.Delete(name) // one that cannot be removed was made so on purpose
		}
	}
}

// remember notes what is on the global object before any script, where that is asked for.
func (s *Sandbox) remember() {
	if s.own == nil {
		return
	}
	for _, name := range s.vm.GlobalObject().GetOwnPropertyNames() {
		s.own[name] = true
	}
}

// Usable tells whether scripts can run: none of those before was given up.
func (s *Sandbox) Usable() bool { return s.hung == nil || !s.hung.Load() }
