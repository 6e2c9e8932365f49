package failure

// ScriptName is the file name of user scripts in stack traces.
const ScriptName = "sandbox-script.js"

// The wrapper is Postman's (sandbox HEAD): a sloppy function whose parameters are the host names, around an
// async arrow function, so that await and return stand at the top level and let may shadow a host name.
// The user's first line is the wrapped text's second. The semicolon keeps "use strict" from being a directive.
const (
	WrapOpen  = "(function(arguments){return(async()=>{;\n"
	WrapClose = "\n;})()})"
	WrapLines = 1
)
