package rewrite

const AssertionGuard = "%assertion"

const (
	BaseGuard   = "%base"
	PowerGuard  = "%power"
	SourceGuard = "%source"
	EvalGuard   = "%eval"
	LengthGuard = "%length"
	SpreadGuard = "%spread"
	DepthGuard  = "%depth"
	WalkGuard   = "%walk"
	TextGuard   = "%text"
	DirectEval  = "eval" // the name stands as it is: the engine knows a direct call by it
)

// KernelGuard is what functions that a kernel may stand for go through as they are assigned: a property of the global
// object, under a letter of no width that nobody writes, like stackGuardInText.
const KernelGuard = "\u1160"

const (
	ReadGuard = "%read"
	SetGuard  = "%set"
)

// RegexpGuard is the name under which scripts reach watch.
const RegexpGuard = "%regexp"

const StackGuard = "%stack"

// StackGuardInText is the guard's name in text that is given to eval and Function, where it is a property of the global object:
// a letter of no width that nobody writes.
const StackGuardInText = "\u115f"

// What destructuring and for…of take apart goes through guards that say what is wrong as V8 does, and where: the
// engine gives no place, and does not tell null from undefined.
const (
	IterableGuard = "%iterable"
	PatternGuard  = "%pattern"
)
