return Microsoft.PowerShell.ConsoleShell.Start(bannerText: null, helpText: null, args);
