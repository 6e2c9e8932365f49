// Package planted is a test: it plants secrets in a run, by every way in which a run can get to know one, lets clients,
// scripts and a server show them in every form, and looks for them in all that the command writes. It shares no code
// with what finds, masks or verifies: it makes the forms itself, and takes reports apart itself.
package planted
