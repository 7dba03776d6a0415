@echo off
rem Runs the command line of zoo-examples on Windows, after building it if it has never been built.
rem After a change of the sources: mvnw.cmd -DskipTests package
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%zoo-examples\target\implicit.jar"
if not exist "%JAR%" (
    echo Building ^(the first time: downloads about 240 MB, takes a minute or more^) ... 1>&2
    pushd "%HOME_DIR%"
    call mvnw.cmd -B -q -DskipTests "-Dspotless.check.skip=true" package 1>&2
    if errorlevel 1 (
        popd
        echo implicit: the build failed. 1>&2
        exit /b 1
    )
    popd
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
"%JAVA%" -Djava.awt.headless=true %IMPLICIT_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
