# Prints each string and number of a JSON document as PATH=VALUE, one a line; PATH joins the keys and indexes by dots.
# Escapes inside strings are left as they are.
{ text = text $0 "\n" }
END {
    depth = 0; path[0] = ""; kind[0] = ""; expectKey = 0
    while (length(text) > 0) {
        if (match(text, /^[ \t\r\n,:]+/)) { text = substr(text, RLENGTH + 1); continue }
        first = substr(text, 1, 1)
        if (first == "{" || first == "[") {
            depth++; kind[depth] = first; index_[depth] = 0; key[depth] = ""; text = substr(text, 2); continue
        }
        if (first == "}" || first == "]") { depth--; done(); text = substr(text, 2); continue }
        if (first == "\"") {
            match(text, /^"([^"\\]|\\.)*"/)
            if (RLENGTH < 2) exit 1
            value = substr(text, 2, RLENGTH - 2); text = substr(text, RLENGTH + 1)
            if (kind[depth] == "{" && key[depth] == "") { key[depth] = value; if (value == "") key[depth] = "?"; continue }
        } else {
            if (!match(text, /^[-+.A-Za-z0-9]+/)) exit 1
            value = substr(text, 1, RLENGTH); text = substr(text, RLENGTH + 1)
        }
        print where() "=" value
        done()
    }
}
function where(   level, joined) {
    joined = ""
    for (level = 1; level <= depth; level++)
        joined = joined (level > 1 ? "." : "") (kind[level] == "{" ? key[level] : index_[level])
    return joined
}
function done() {
    if (kind[depth] == "{") key[depth] = ""
    else index_[depth]++
}
