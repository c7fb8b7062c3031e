# cmake -DPROGRAM=quotedex -DOUT=folder -P manual.cmake: manual pages and completions, as the program
# prints them, into OUT/man1, OUT/bash, OUT/zsh, OUT/fish.
function(print_to file)
    execute_process(COMMAND "${PROGRAM}" help ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    file(WRITE "${OUT}/${file}" "${text}")
    set(text "${text}" PARENT_SCOPE)
endfunction()

set(ENV{ASAN_OPTIONS} "detect_leaks=0")
file(REMOVE_RECURSE "${OUT}/man1")
print_to(bash/quotedex --completion bash)
print_to(zsh/_quotedex --completion zsh)
print_to(fish/quotedex.fish --completion fish)
print_to(man1/quotedex.1 --man)
string(REGEX MATCHALL "BR quotedex.-[a-z]+" pages "${text}") # of SEE ALSO
foreach(page IN LISTS pages)
    string(REGEX REPLACE ".*-" "" page "${page}")
    print_to("man1/quotedex-${page}.1" --man "${page}")
endforeach()

find_program(GZIP gzip)
file(GLOB pages "${OUT}/man1/*.1")
if(GZIP)
    execute_process(COMMAND "${GZIP}" -9nf ${pages} COMMAND_ERROR_IS_FATAL ANY)
endif()
file(TOUCH "${OUT}/made")
