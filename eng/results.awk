# Sums test results in Visual Studio's .trx format: prints "passed failed skipped" and writes the failed tests with their
# messages, then the skipped ones with their reasons, to the file named by -v list=.
# In XML every "<" opens a tag, so records that end there begin with a tag's name, its attributes, ">", and its text.
BEGIN { RS = "<"; passed = failed = skipped = 0 }

function decoded(text) {
  gsub(/&#x[Dd];/, "", text); gsub(/&#x[Aa];|&#10;/, "\n", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text); gsub(/&apos;|&#39;/, "'", text); gsub(/&amp;/, "\\&", text)
  return text
}

function attribute(name,   at, rest) {
  at = index($0, " " name "=\"")
  if (!at) return ""
  rest = substr($0, at + length(name) + 3)
  return decoded(substr(rest, 1, index(rest, "\"") - 1))
}

function body(   text) {
  text = decoded(substr($0, index($0, ">") + 1))
  gsub(/^[ \t\r\n]+|[ \t\r\n]+$/, "", text)
  return text
}

function indented(text) { gsub(/\n/, "\n       ", text); return "       " text }

function conclude() {
  if (outcome == "") return
  if (outcome == "Passed") passed++
  else if (outcome == "NotExecuted") { skipped++; skips = skips "\nSKIPPED " test (message != "" ? ": " message : "") }
  else {
    failed++
    failures = failures "\nFAILED " test (message != "" ? "\n" indented(message) : "") (trace != "" ? "\n" indented(trace) : "")
  }
  outcome = ""
}

/^UnitTestResult[ \t\r\n]/ { conclude(); test = attribute("testName"); outcome = attribute("outcome"); message = trace = output = "" }
/^Message>/ { if (outcome != "" && message == "") message = body() }
/^StdOut>/ { if (outcome == "NotExecuted" && message == "") message = body() }
# Of a stack trace, the first line inside a test or our sources says where.
/^StackTrace>/ {
  if (outcome != "" && trace == "") {
    n = split(body(), lines, "\n")
    for (i = 1; i <= n && trace == ""; i++) if (lines[i] ~ / in .*:line [0-9]+/) trace = lines[i]
    gsub(/^[ \t]+|\r/, "", trace)
  }
}
/^\/Results>/ { conclude() }

END {
  conclude()
  text = failures (failures != "" && skips != "" ? "\n" : "") skips
  if (text != "") print substr(text, 2) > list
  print passed, failed, skipped
}
