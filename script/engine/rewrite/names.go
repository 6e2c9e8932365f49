package rewrite

import "strings"

// The guards, by the names under which a script reaches them. No script can write a name with a percent sign. Those of one
// operand return it; the engine's bounds.go says what each refuses.
const (
	BaseGuard         = "%base"          // the left operand of a power or a shift
	PowerGuard        = "%power"         // the right one
	SourceGuard       = "%source"        // the text that a direct eval is given
	ScriptSourceGuard = "%script source" // the same, of a direct eval that stands in no function of the script
	HostGuard         = "%host"          // a name of the sandbox, and the variable of that name that a script declares
	EvalGuard         = "%eval"          // eval, where it is not called by that name
	LengthGuard       = "%length"        // what becomes the length of an array
	SpreadGuard       = "%spread"        // a list of arguments
	DepthGuard        = "%depth"         // what yield* is given
	WalkGuard         = "%walk"          // what a loop over names or a spread in an array is given
	TextGuard         = "%text"          // a text that is put together with itself
	RegexpGuard       = "%regexp"        // a regular expression that the engine matches by backtracking
	RaiseGuard        = "%raise"         // a power: both operands
	StackGuard        = "%stack"         // called at the beginning of each function that calls something

	DirectEval = "eval" // the name stands as it is: the engine knows a direct call by it
)

// The guards that word an error as V8 does.
const (
	AssertionGuard  = "%assertion"  // the owner and the name of an assertion that is called although it is a property
	ReadGuard       = "%read"       // the owner and the key of a property that is read
	SetGuard        = "%set"        // the same of one that is written
	IterableGuard   = "%iterable"   // what for…of and a pattern of an array take apart: the engine gives no place
	CaughtGuard     = "%caught"     // an error at the beginning of a catch
	ExtendsGuard    = "%extends"    // what a class extends
	InGuard         = "%in"         // the right operand of in, and the left one where it may be evaluated again
	InstanceGuard   = "%instance"   // the right operand of instanceof
	SpreadableGuard = "%spreadable" // what an array literal spreads, and its text
	PatternGuard    = "%pattern"    // what a pattern of an object takes apart: the engine does not tell null from undefined
)

// The guards of text that is given to eval and Function are properties of the global object, under letters of no width that
// nobody writes.
const (
	StackGuardInText = "\u115f"
	CaughtInText     = "\u115f\u115f"       // an error at the beginning of a catch
	ReadInText       = "\u115f\u115f\u115f" // the owner and the key of a property that is read
	LocalKernelGuard = "\u1160\u1160"       // declared functions that a kernel may stand for begin with it
	KernelGuard      = "\u1160"             // functions that a kernel may stand for go through it as they are assigned
)

// HasGuard says whether a guard stands in a text, so that a script which prints its own
// functions is shown them without.
func HasGuard(text string) bool { return strings.ContainsAny(text, StackGuardInText+KernelGuard) }
